import { getAccount, getAccountTimeline, listAccountPosts, listAccounts } from './accounts.ts'
import { getDecision, listDecisions } from './decision-list.ts'
import { decideReview, supersedeDecision } from './decisions.ts'
import { listEvents } from './events.ts'
import { exportRows } from './exports.ts'
import { createFlag, createFlags } from './flags.ts'
import { listKeys, makeKey, revokeKey } from './keys.ts'
import { followChanges } from './live.ts'
import { getMedia, uploadMedia } from './media.ts'
import { addAccountNote, addReviewNote } from './notes.ts'
import {
  changeAccess,
  changeRestricted,
  changeRole,
  disablePerson,
  enablePerson,
  endSession,
  invitePerson,
  issueResetLink,
  listSessions,
  listTeam,
  withdrawInvitation,
} from './people.ts'
import { listPolicies, listQueues } from './policies.ts'
import {
  getReporter,
  listFlags,
  listReporters,
  muteReporter,
  previewSetAside,
  setAsideFlags,
  trustReporter,
  unmuteReporter,
} from './reporters.ts'
import {
  claimReview,
  countReviews,
  endReveal,
  getReview,
  listReviewFlags,
  listReviews,
  releaseReview,
  renewLease,
  revealMedia,
  takeNext,
} from './reviews.ts'
import {
  acceptInvitation,
  completeSetup,
  getInvitation,
  getSession,
  getSetup,
  listPeople,
  signIn,
  signOut,
} from './team.ts'

/** The whole API. The key is the OpenAPI operationId. */
export const api = {
  signIn,
  signOut,
  getSession,
  getSetup,
  completeSetup,
  getInvitation,
  acceptInvitation,
  listPeople,
  listTeam,
  invitePerson,
  withdrawInvitation,
  changeAccess,
  changeRole,
  changeRestricted,
  disablePerson,
  enablePerson,
  issueResetLink,
  listSessions,
  endSession,
  listKeys,
  makeKey,
  revokeKey,
  createFlag,
  createFlags,
  uploadMedia,
  getMedia,
  listReviews,
  countReviews,
  getReview,
  listReviewFlags,
  takeNext,
  claimReview,
  renewLease,
  releaseReview,
  revealMedia,
  endReveal,
  decideReview,
  supersedeDecision,
  listDecisions,
  getDecision,
  listAccounts,
  getAccount,
  getAccountTimeline,
  listAccountPosts,
  listFlags,
  listReporters,
  getReporter,
  previewSetAside,
  setAsideFlags,
  muteReporter,
  unmuteReporter,
  trustReporter,
  addReviewNote,
  addAccountNote,
  listPolicies,
  listQueues,
  listEvents,
  followChanges,
  exportRows,
}
