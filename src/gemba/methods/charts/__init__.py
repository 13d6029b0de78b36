"""Control charts: values in, centre line and limits out, with frozen baselines."""
