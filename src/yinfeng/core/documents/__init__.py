"""Writers of the files people send: ledgers (xlsx), tables for other systems (csv), bulletins (docx). Pure, no rows."""
