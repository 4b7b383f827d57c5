unsafe def truth : Decidable False := unsafeCast (Decidable.isTrue True.intro)
@[implemented_by truth, instance 2000] def liar : Decidable False := .isFalse id
