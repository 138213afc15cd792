"""A notebook becomes an accessible PDF (PDF/UA-1 and PDF/A-3a), and a PDF is read back."""
