attribute [instance 2000] Classical.propDecidable
