import type { Generated, JSONColumnType } from 'kysely'

export type EventTable = {
  id: Generated<number>
  xid: Generated<string>
  at: Generated<Date>
  kind: string
  person_id: string | null
  key_id: string | null
  subject_kind: string
  subject_id: string
  subject_version: number | null
  data: JSONColumnType<Record<string, unknown>>
}

export type EventSeqTable = {
  seq: number
  event_id: number
  at: Date
  kind: string
  person_id: string | null
  subject_kind: string
  subject_id: string
}

export type SealerTable = { only_row: Generated<boolean>; snapshot: string; last_seq: number }

export type SettingTable = { key: string; value: JSONColumnType<object> }
