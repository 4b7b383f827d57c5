coinductive Liar : Prop where
  | mk : ¬ Liar → Liar
