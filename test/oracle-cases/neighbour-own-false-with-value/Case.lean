inductive False' : Prop | intro
namespace Mine
inductive False : Prop | intro
theorem collapse : False := .intro
end Mine
theorem other : False' := .intro
