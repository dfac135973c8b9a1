"""Every read of the registry that pages, commands and other rooms may use."""
