"""Rules that read a chart: what counts as a signal, with each convention named."""
