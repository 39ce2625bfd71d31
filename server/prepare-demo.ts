import { decideAppeal } from './features/appeals/decide-appeal.ts'
import { fileAppeal } from './features/appeals/file-appeal.ts'
import { claimAppeal } from './features/appeals/hear-appeal.ts'
import { addTerm, changeTerm } from './features/glossary/write-term.ts'
import { loadSample } from './features/intake/demo/load-sample.ts'
import { samplePassword, samplePeople } from './features/intake/demo/people.ts'
import { addPolicyDraft } from './features/intake/demo/policy-draft.ts'
import { writeTemplate } from './features/messages/write-template.ts'
import { openDraft } from './features/policies/drafts/open-draft.ts'
import { askAboutDraft, saveDraft } from './features/policies/drafts/write-draft.ts'
import { writeReason } from './features/policies/reasons/write-reason.ts'
import { confirmProposal } from './features/review/confirming/confirm-proposal.ts'
import { proposeDecision } from './features/review/confirming/propose-decision.ts'
import { decideReview } from './features/review/decisions/decide-review.ts'
import { supersedeIn } from './features/review/decisions/supersede-decision.ts'
import { undoDecision } from './features/review/decisions/undo-decision.ts'
import { claimReview } from './features/review/lease/claim-review.ts'
import { addNote } from './features/review/notes/add-note.ts'
import { pinNote } from './features/review/notes/pin-note.ts'
import { escalateReview } from './features/review/turns/escalate-review.ts'
import { holdReview } from './features/review/turns/hold-review.ts'
import type { Deps } from './http/deps.ts'
import { sweepOutbox } from './jobs/sweep-outbox.ts'

/** Loads the sample into an empty database. */
export async function prepareDemo(deps: Deps): Promise<void> {
  await loadSample(deps, {
    claimReview,
    decideReview,
    proposeDecision,
    confirmProposal,
    holdReview,
    escalateReview,
    addNote,
    pinNote,
    writeReason,
    writeTemplate,
    addTerm,
    changeTerm,
    sweepOutbox,
    fileAppeal,
    claimAppeal,
    decideAppeal: (deps, by, act) => decideAppeal(deps, { supersedeIn, undoDecision }, by, act),
  })
  await addPolicyDraft(deps, { openDraft, saveDraft, askAboutDraft })
}

/** For the person at the console: how to sign in. */
export function demoSignIns(): string[] {
  const people = Object.values(samplePeople).map(
    ({ email, role, name }) => `  ${email.padEnd(20)} ${role.padEnd(11)} ${name}`,
  )
  return [`Sign in with the password ${samplePassword} as`, ...people]
}
