"""Overlays: a region adds, translates, localises, weighs or requires more over a core template, and never less.

An overlay is a workbook like an XLSForm: rows of the core's names say something more of them, rows of new names are
added. `laying.lay` puts both together, `upgrading.upgrade` carries an overlay to the next version of its core, and
`proving.weakened` proves on the finished forms that nothing of the core was dropped or weakened.
"""
