"""Training, for those who maintain the package: made-up mails, the fit of weights and confidences, and their measurement.

``python -m orderparse.training generate | fit | measure``; the fit needs the extra ``train``.
"""
