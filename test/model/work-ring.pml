/*
 * The work ring of native/engine/work_ring.cc, small and whole: one who pushes (the primary), workers who claim and finish, and the
 * primary reopening what a dead worker held. A worker may die between any two steps of its own, as often as DEATHS says.
 *
 * Checked in every state that can be reached:
 *   - an item that was pushed is finished at last, unless the run is cut by a death that nobody reopens (there is none such);
 *   - nobody finishes an item that is not its own;
 *   - two workers never hold the same slot at once;
 *   - nothing is finished twice without a death in between.
 *
 * test/model/run builds and runs it.
 */
#ifndef ITEMS
#define ITEMS 3
#endif
#ifndef SLOTS
#define SLOTS 2
#endif
#ifndef WORKERS
#define WORKERS 2
#endif
#ifndef DEATHS
#define DEATHS 2
#endif

#define FREE 0
#define WRITING 1
#define READY 2
#define TAKEN 3 /* by worker w: TAKEN + w */

byte state[SLOTS];
byte payload[SLOTS];
byte finished[ITEMS];
byte handedAgain[ITEMS]; /* how often it was reopened */
bool isDead[WORKERS];
byte deaths = 0;
byte done = 0; /* items that were finished at least once */

/* One compare-and-exchange: what the machine does in one step. */
inline exchange(at, expected, next, succeeded) {
  atomic {
    if
    :: state[at] == expected -> state[at] = next; succeeded = true
    :: else -> succeeded = false
    fi
  }
}

/* The worker's process ends here, and is begun anew when the primary has seen it. */
inline mayDie(self) {
  if
  :: atomic { deaths < DEATHS -> deaths++; isDead[self] = true }; goto end_born
  :: true
  fi
}

proctype Worker(byte self) {
  byte at, item;
  bool mine;
end_born:
  !isDead[self];
  do
  :: done == ITEMS -> break
  :: done < ITEMS ->
    at = 0;
    do
    :: at < SLOTS ->
      exchange(at, READY, TAKEN + self, mine);
      if
      :: mine ->
        mayDie(self);
        item = payload[at];
        assert(state[at] == TAKEN + self);
        mayDie(self);
        /* the work; then finish() */
        atomic {
          assert(state[at] == TAKEN + self);
          if
          :: finished[item] == 0 -> done++
          :: else -> skip
          fi;
          finished[item]++;
          assert(finished[item] <= 1 + handedAgain[item])
        }
        /* The deed is done and the slot is not free yet: a death here has it done again. */
        mayDie(self);
        exchange(at, TAKEN + self, FREE, mine);
        assert(mine);
        break
      :: else -> at++
      fi
    :: at == SLOTS -> break
    od
  od
}

proctype Primary() {
  byte next = 0, at, who;
  bool mine;
  do
  :: done == ITEMS -> break
  :: done < ITEMS ->
    /* push(), where something is left and a slot is free */
    at = 0;
    do
    :: at < SLOTS && next < ITEMS ->
      exchange(at, FREE, WRITING, mine);
      if
      :: mine ->
        payload[at] = next;
        state[at] = READY;
        next++;
        break
      :: else -> at++
      fi
    :: else -> break
    od;
    /* waitpid has told of a death: reopen(who), then another process begins in its place */
    who = 0;
    do
    :: who < WORKERS && isDead[who] ->
      at = 0;
      do
      :: at < SLOTS ->
        atomic {
          if
          :: state[at] == TAKEN + who -> state[at] = READY; handedAgain[payload[at]]++
          :: else -> skip
          fi
        };
        at++
      :: at == SLOTS -> break
      od;
      isDead[who] = false;
      who++
    :: who < WORKERS && !isDead[who] -> who++
    :: who == WORKERS -> break
    od
  od
}

init {
  atomic {
    byte w = 0;
    do
    :: w < WORKERS -> run Worker(w); w++
    :: w == WORKERS -> break
    od;
    run Primary()
  }
}

/* Whatever dies: all is done at last, where everybody gets a turn. */
ltl all_done { <> (done == ITEMS) }
