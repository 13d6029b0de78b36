"""XLSForm in, a form model out; expressions, filling and scoring. A library of its own: no noun of Gemba appears here.

`gemba.forms.reading` makes a `Form` of a workbook, `gemba.forms.filling` fills it.
"""
