"""Facts in, document out: the only room that knows ReportLab."""
