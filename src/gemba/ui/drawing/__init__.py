"""Drawing over a picture: a canvas, its tools, and a sheet for signatures and sketches."""
