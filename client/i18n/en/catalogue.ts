import { accounts } from './accounts.ts'
import { appeals } from './appeals.ts'
import { audit } from './audit.ts'
import { board } from './board.ts'
import { bulk } from './bulk.ts'
import { caption } from './caption.ts'
import { decisions } from './decisions.ts'
import { delivery } from './delivery.ts'
import { drafts } from './drafts.ts'
import { exports } from './exports.ts'
import { flow } from './flow.ts'
import { glossary } from './glossary.ts'
import { inbox } from './inbox.ts'
import { intake } from './intake.ts'
import { judging } from './judging.ts'
import { leases } from './leases.ts'
import { list } from './list.ts'
import { messages } from './messages.ts'
import { notes } from './notes.ts'
import { palette } from './palette.ts'
import { people } from './people.ts'
import { policies } from './policies.ts'
import { preferences } from './preferences.ts'
import { queue } from './queue.ts'
import { reasons } from './reasons.ts'
import { reporters } from './reporters.ts'
import { reports } from './reports.ts'
import { rereview } from './rereview.ts'
import { review } from './review.ts'
import { routing } from './routing.ts'
import { safety } from './safety.ts'
import { shell } from './shell.ts'
import { team } from './team.ts'
import { terms } from './terms.ts'
import { turns } from './turns.ts'
import { ui } from './ui.ts'
import { wellbeing } from './wellbeing.ts'

/** English is the source: its keys are the keys. One namespace a feature. */
export const en = {
  bulk,
  people,
  judging,
  safety,
  caption,
  palette,
  ui,
  shell,
  team,
  queue,
  review,
  audit,
  policies,
  drafts,
  rereview,
  glossary,
  routing,
  terms,
  preferences,
  list,
  decisions,
  accounts,
  appeals,
  reporters,
  delivery,
  intake,
  flow,
  messages,
  notes,
  reasons,
  inbox,
  turns,
  leases,
  board,
  reports,
  exports,
  wellbeing,
}
