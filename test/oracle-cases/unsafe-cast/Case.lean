unsafe def forged : PLift False := unsafeCast ()
theorem soundness_check : False := forged.down
