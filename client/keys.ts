/**
 * The whole keyboard map. One letter means one thing on every screen (keys.test.ts fails on a collision); the sheet under
 * `?`, the caps on the controls and `useKeys` all read it. `codes` are places on the board (`event.code`), so that Russian,
 * Kazakh and Arabic layouts work; two codes separated by a space are struck one after the other.
 */
export type Binding = {
  codes: readonly string[]
  /** What the caps show, one entry a cap; a group of caps is listed once in the sheet. */
  caps: readonly string[]
  /** Punctuation that layouts move about: the character counts as well, whatever key it is on. */
  chars?: readonly string[]
  /** Fires inside a text field too. */
  inFields?: true
  /** Arrows and paging repeat while held. */
  repeats?: true
  /** Means something only while a menu has the keyboard to itself: may share its keys with the screen below. */
  inMenu?: true
}

const digits = ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7', 'Digit8', 'Digit9'] as const

const keys = {
  palette: { codes: ['Mod+KeyK'], caps: ['⌘', 'K'], inFields: true },
  filter: { codes: ['Slash'], caps: ['/'], chars: ['/'] },
  addFilter: { codes: ['KeyA'], caps: ['A'] },
  sheet: { codes: ['Shift+Slash'], caps: ['?'], chars: ['?'] },
  rail: { codes: ['Backslash'], caps: ['\\'] },
  close: { codes: ['Escape'], caps: ['Esc'] },

  goQueue: { codes: ['KeyG KeyQ'], caps: ['G', 'Q'] },
  goReview: { codes: ['KeyG KeyR'], caps: ['G', 'R'] },
  goInbox: { codes: ['KeyG KeyM'], caps: ['G', 'M'] },
  goAccounts: { codes: ['KeyG KeyA'], caps: ['G', 'A'] },
  goDecisions: { codes: ['KeyG KeyO'], caps: ['G', 'O'] },
  goFlags: { codes: ['KeyG KeyF'], caps: ['G', 'F'] },
  goNewFlag: { codes: ['KeyG KeyN'], caps: ['G', 'N'] },
  goImport: { codes: ['KeyG KeyI'], caps: ['G', 'I'] },
  goDeliveries: { codes: ['KeyG KeyE'], caps: ['G', 'E'] },
  goAppeals: { codes: ['KeyG KeyY'], caps: ['G', 'Y'] },
  goAudit: { codes: ['KeyG KeyL'], caps: ['G', 'L'] },
  goPolicies: { codes: ['KeyG KeyP'], caps: ['G', 'P'] },
  goRouting: { codes: ['KeyG KeyZ'], caps: ['G', 'Z'] },
  goGlossary: { codes: ['KeyG KeyW'], caps: ['G', 'W'] },
  goTeam: { codes: ['KeyG KeyT'], caps: ['G', 'T'] },
  goKeys: { codes: ['KeyG KeyK'], caps: ['G', 'K'] },
  goLoad: { codes: ['KeyG KeyB'], caps: ['G', 'B'] },
  goPreferences: { codes: ['KeyG KeyU'], caps: ['G', 'U'] },
  goReports: { codes: ['KeyG KeyS'], caps: ['G', 'S'] },
  goBoard: { codes: ['KeyG KeyJ'], caps: ['G', 'J'] },
  goExports: { codes: ['KeyG KeyX'], caps: ['G', 'X'] },
  goLeases: { codes: ['KeyG KeyH'], caps: ['G', 'H'] },

  up: { codes: ['ArrowUp'], caps: ['↑'], repeats: true },
  down: { codes: ['ArrowDown'], caps: ['↓'], repeats: true },
  pageUp: { codes: ['PageUp'], caps: ['PgUp'], repeats: true },
  pageDown: { codes: ['PageDown'], caps: ['PgDn'], repeats: true },
  first: { codes: ['Home'], caps: ['Home'] },
  last: { codes: ['End'], caps: ['End'] },
  /** Open the row in a list; submit and take the next on the desk: finish the thing in hand. */
  enter: { codes: ['Enter', 'NumpadEnter'], caps: ['↵'] },
  /** Tick the row under the cursor, and those that the cursor walks over. */
  tick: { codes: ['Shift+Space'], caps: ['⇧', 'Space'] },
  tickUp: { codes: ['Shift+ArrowUp'], caps: ['⇧', '↑'], repeats: true },
  tickDown: { codes: ['Shift+ArrowDown'], caps: ['⇧', '↓'], repeats: true },
  tickAll: { codes: ['Mod+KeyA'], caps: ['⌘', 'A'] },
  previousTab: { codes: ['BracketLeft'], caps: ['['] },
  nextTab: { codes: ['BracketRight'], caps: [']'] },

  /** Look closer: the peek panel in a list, hold to reveal on the desk. */
  look: { codes: ['Space'], caps: ['Space'] },
  previousPhoto: { codes: ['ArrowLeft'], caps: ['←'], repeats: true },
  nextPhoto: { codes: ['ArrowRight'], caps: ['→'], repeats: true },
  zoom: { codes: ['KeyZ'], caps: ['Z'] },
  account: { codes: ['KeyI'], caps: ['I'] },
  policyText: { codes: ['KeyP'], caps: ['P'] },
  nextTerm: { codes: ['Period'], caps: ['.'], chars: ['.'] },
  translation: { codes: ['KeyO'], caps: ['O'] },
  hidden: { codes: ['Shift+KeyO'], caps: ['⇧', 'O'] },

  clause: { codes: digits, caps: ['1', '9'] },
  moreClauses: { codes: ['Digit0'], caps: ['0'] },
  keep: { codes: ['KeyK'], caps: ['K'] },
  label: { codes: ['KeyL'], caps: ['L'] },
  restrict: { codes: ['KeyV'], caps: ['V'] },
  remove: { codes: ['KeyR'], caps: ['R'] },
  noAction: { codes: ['KeyN'], caps: ['N'] },
  warn: { codes: ['KeyW'], caps: ['W'] },
  limit: { codes: ['KeyM'], caps: ['M'] },
  block: { codes: ['KeyB'], caps: ['B'] },
  terminate: { codes: ['Shift+KeyW'], caps: ['⇧', 'W'] },
  /** Take the account measure that its strikes lead to. */
  followLadder: { codes: ['Shift+KeyL'], caps: ['⇧', 'L'] },
  exemption: { codes: ['KeyX'], caps: ['X'] },
  territory: { codes: ['KeyT'], caps: ['T'] },
  rationale: { codes: ['KeyF'], caps: ['F'] },
  cannedReasons: { codes: ['Shift+KeyF'], caps: ['⇧', 'F'] },
  note: { codes: ['KeyC'], caps: ['C'] },
  /** A threat to life: those in charge are told at once. */
  threat: { codes: ['KeyD'], caps: ['D'] },
  /** Pass a review on instead of deciding it. */
  skip: { codes: ['KeyS'], caps: ['S'] },
  hold: { codes: ['KeyH'], caps: ['H'] },
  escalate: { codes: ['KeyE'], caps: ['E'] },
  moveQueue: { codes: ['KeyQ'], caps: ['Q'] },
  handOver: { codes: ['Shift+KeyH'], caps: ['⇧', 'H'] },
  answer: { codes: ['Shift+KeyE'], caps: ['⇧', 'E'] },
  resume: { codes: ['Shift+KeyR'], caps: ['⇧', 'R'] },
  takeOver: { codes: ['Shift+KeyG'], caps: ['⇧', 'G'] },
  assign: { codes: ['Shift+KeyA'], caps: ['⇧', 'A'] },
  giveBack: { codes: ['Shift+KeyB'], caps: ['⇧', 'B'] },
  menuChoice: { codes: digits, caps: ['1', '9'], inMenu: true },

  submitStay: { codes: ['Shift+Enter'], caps: ['⇧', '↵'] },
  submitFromNote: { codes: ['Mod+Enter'], caps: ['⌘', '↵'], inFields: true },
  undo: { codes: ['KeyU'], caps: ['U'] },
  /** To a decision that was refused after the next review was shown. */
  backToRefused: { codes: ['Shift+KeyU'], caps: ['⇧', 'U'] },
  takeTen: { codes: ['Shift+KeyT'], caps: ['⇧', 'T'] },
  accept: { codes: ['KeyJ'], caps: ['J'] },
  /** Of what somebody proposed. */
  refuse: { codes: ['Shift+KeyJ'], caps: ['⇧', 'J'] },
} as const satisfies Record<string, Binding>

export type KeyAction = keyof typeof keys

/** The same map with its optional parts visible to the type checker. */
export const bindings: Record<KeyAction, Binding> = keys

/** What the sheet lists: `does` names the message, the actions their caps. */
export const sheet = [
  {
    group: 'anywhere',
    lines: [
      ['palette', ['palette']],
      ['filter', ['filter']],
      ['sheet', ['sheet']],
      ['rail', ['rail']],
      ['close', ['close']],
    ],
  },
  {
    group: 'go',
    lines: [
      ['goQueue', ['goQueue']],
      ['goReview', ['goReview']],
      ['goInbox', ['goInbox']],
      ['goAccounts', ['goAccounts']],
      ['goDecisions', ['goDecisions']],
      ['goFlags', ['goFlags']],
      ['goNewFlag', ['goNewFlag']],
      ['goImport', ['goImport']],
      ['goDeliveries', ['goDeliveries']],
      ['goAppeals', ['goAppeals']],
      ['goAudit', ['goAudit']],
      ['goPolicies', ['goPolicies']],
      ['goRouting', ['goRouting']],
      ['goGlossary', ['goGlossary']],
      ['goTeam', ['goTeam']],
      ['goKeys', ['goKeys']],
      ['goReports', ['goReports']],
      ['goBoard', ['goBoard']],
      ['goExports', ['goExports']],
      ['goLeases', ['goLeases']],
      ['goLoad', ['goLoad']],
      ['goPreferences', ['goPreferences']],
    ],
  },
  {
    group: 'lists',
    lines: [
      ['move', ['up', 'down']],
      ['open', ['enter']],
      ['addFilter', ['addFilter']],
      ['peek', ['look']],
      ['tick', ['tick', 'tickUp', 'tickDown']],
      ['tickAll', ['tickAll']],
      ['tabs', ['previousTab', 'nextTab']],
    ],
  },
  {
    group: 'look',
    lines: [
      ['reveal', ['look']],
      ['photos', ['previousPhoto', 'nextPhoto']],
      ['zoom', ['zoom']],
      ['openAccount', ['account']],
      ['policyText', ['policyText']],
      ['nextTerm', ['nextTerm']],
      ['translation', ['translation']],
      ['hidden', ['hidden']],
    ],
  },
  {
    group: 'decide',
    lines: [
      ['clause', ['clause']],
      ['moreClauses', ['moreClauses']],
      ['post', ['keep', 'label', 'restrict', 'remove']],
      ['account', ['noAction', 'warn', 'limit', 'block']],
      ['terminate', ['terminate']],
      ['followLadder', ['followLadder']],
      ['exemption', ['exemption']],
      ['territory', ['territory']],
      ['rationale', ['rationale']],
      ['cannedReasons', ['cannedReasons']],
      ['note', ['note']],
      ['threat', ['threat']],
    ],
  },
  {
    group: 'finish',
    lines: [
      ['submitNext', ['enter']],
      ['submitStay', ['submitStay']],
      ['submitFromNote', ['submitFromNote']],
      ['undo', ['undo']],
      ['backToRefused', ['backToRefused']],
      ['takeTen', ['takeTen']],
      ['accept', ['accept']],
      ['refuse', ['refuse']],
    ],
  },
  {
    group: 'pass',
    lines: [
      ['skip', ['skip']],
      ['hold', ['hold']],
      ['resume', ['resume']],
      ['escalate', ['escalate']],
      ['answer', ['answer']],
      ['handOver', ['handOver']],
      ['moveQueue', ['moveQueue']],
      ['takeOver', ['takeOver']],
      ['assign', ['assign']],
      ['giveBack', ['giveBack']],
    ],
  },
] as const satisfies readonly {
  group: string
  lines: readonly (readonly [does: string, actions: readonly KeyAction[]])[]
}[]
