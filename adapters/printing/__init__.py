"""Pages for print: laid out to the page they are for, as PDF and as HTML."""
