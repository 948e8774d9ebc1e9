"""The catalogue of measures as pages in English and Chinese."""
