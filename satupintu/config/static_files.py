"""How static files are stored: hashed names, compressed, and script modules that name each other by hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """A file's name holds its content's hash, so it may be kept for ever; ``import`` lines are rewritten too."""

    support_js_module_import_aggregation = True
