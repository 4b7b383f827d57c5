namespace Inner
abbrev False : Prop := True
