set_option maxRecDepth 5
