"""XLSForm in, a form model out; expressions, filling and scoring. A library of its own: no noun of Gemba appears here."""
