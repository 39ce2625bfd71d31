import type { AppealTable } from './schema/appeals.ts'
import type { BulkItemTable, BulkTable, BulkUndoItemTable, BulkUndoTable } from './schema/bulk.ts'
import type {
  DecisionTable,
  ExportScheduleTable,
  ExportTable,
  MeasureTable,
  OutboxTable,
  ProposalEndTable,
  ProposalTable,
  UndoTable,
} from './schema/decisions.ts'
import type { DeliveryTable, ReceiverSecretTable, ReceiverTable } from './schema/deliveries.ts'
import type { FlagTable, ReporterTable } from './schema/flags.ts'
import type { TermTable, TermVersionTable } from './schema/glossary.ts'
import type { EventSeqTable, EventTable, SealerTable, SettingTable } from './schema/log.ts'
import type { DecisionMessageTable, MessageTemplateTable } from './schema/messages.ts'
import type { CannedReasonTable, InboxItemTable, NoteLookTable, NotePinTable } from './schema/notes.ts'
import type {
  InvitationTable,
  KeyTable,
  PasswordTable,
  PreferenceTable,
  QueueMemberTable,
  ReceiptTable,
  SessionTable,
  SignInAttemptTable,
  UserTable,
} from './schema/people.ts'
import type {
  PolicyDraftStepTable,
  PolicyDraftTable,
  PolicyTable,
  PolicyVersionTable,
  RereviewAnswerTable,
  RereviewItemTable,
  RereviewSampleTable,
} from './schema/policies.ts'
import type { PresenceTable } from './schema/presence.ts'
import type {
  ExposureExtraTable,
  ExposureTable,
  LeaseTable,
  NoteTable,
  RevealTable,
  ReviewTable,
  ReviewTextTable,
  SkipTable,
  ThreatReportTable,
  TurnTable,
} from './schema/reviews.ts'
import type {
  PriorityWeightsTable,
  QueueTable,
  ReasonMappingTable,
  ReckoningTable,
  RuleDraftTable,
  RuleSetTable,
} from './schema/routing.ts'
import type {
  AccountStatusTable,
  AccountTable,
  MediaTable,
  PostMediaTable,
  PostStatusTable,
  PostTable,
  SnapshotTable,
} from './schema/subjects.ts'
import type { TranslationTable } from './schema/translations.ts'
import type { SavedViewTable, ViewOrderTable } from './schema/views.ts'

/** The tables as kysely sees them; `migrations/` says what they are, `schema/` what a row of each holds. */
export type Database = {
  'auth.user': UserTable
  'auth.account': PasswordTable
  'auth.session': SessionTable
  'auth.apikey': KeyTable
  setting: SettingTable
  preference: PreferenceTable
  presence: PresenceTable
  receipt: ReceiptTable
  invitation: InvitationTable
  sign_in_attempt: SignInAttemptTable
  queue: QueueTable
  queue_member: QueueMemberTable
  rule_set: RuleSetTable
  rule_draft: RuleDraftTable
  priority_weights: PriorityWeightsTable
  reckoning: ReckoningTable
  policy: PolicyTable
  policy_version: PolicyVersionTable
  policy_draft: PolicyDraftTable
  policy_draft_step: PolicyDraftStepTable
  rereview_sample: RereviewSampleTable
  rereview_item: RereviewItemTable
  rereview_answer: RereviewAnswerTable
  reason_mapping: ReasonMappingTable
  term: TermTable
  term_version: TermVersionTable
  account: AccountTable
  account_status: AccountStatusTable
  media: MediaTable
  post: PostTable
  snapshot: SnapshotTable
  post_media: PostMediaTable
  post_status: PostStatusTable
  reporter: ReporterTable
  flag: FlagTable
  review: ReviewTable
  review_text: ReviewTextTable
  translation: TranslationTable
  lease: LeaseTable
  turn: TurnTable
  skip: SkipTable
  note: NoteTable
  note_pin: NotePinTable
  note_look: NoteLookTable
  inbox_item: InboxItemTable
  canned_reason: CannedReasonTable
  reveal: RevealTable
  exposure: ExposureTable
  exposure_extra: ExposureExtraTable
  threat_report: ThreatReportTable
  decision: DecisionTable
  undo: UndoTable
  proposal: ProposalTable
  proposal_end: ProposalEndTable
  measure: MeasureTable
  bulk: BulkTable
  bulk_item: BulkItemTable
  bulk_undo: BulkUndoTable
  bulk_undo_item: BulkUndoItemTable
  saved_view: SavedViewTable
  view_order: ViewOrderTable
  outbox: OutboxTable
  receiver: ReceiverTable
  receiver_secret: ReceiverSecretTable
  delivery: DeliveryTable
  export: ExportTable
  export_schedule: ExportScheduleTable
  appeal: AppealTable
  message_template: MessageTemplateTable
  decision_message: DecisionMessageTable
  event: EventTable
  event_seq: EventSeqTable
  sealer: SealerTable
}
