import { describe, expect, it } from 'vitest'
import { Dimension, FigureName } from '#shared/contract/reports.ts'
import { buildReport } from '#test/support/build-report.ts'
import {
  askOf,
  dimensions,
  figureNames,
  readReportSearch,
  readRowsSearch,
  rowsOf,
  rowsQueryOf,
} from './reports.search.ts'

const today = '2026-07-03'

describe('the address of a report', () => {
  it('knows what the contract knows', () => {
    expect(dimensions).toEqual(Dimension.options)
    expect(figureNames).toEqual(FigureName.options)
  })

  it('asks for four weeks against the four before when it says nothing', () => {
    expect(askOf(readReportSearch({}), today)).toEqual({
      from: '2026-06-06',
      to: today,
      againstFrom: '2026-05-09',
      againstTo: '2026-06-05',
      by: 'measure',
    })
  })

  it('keeps what makes sense and drops the rest', () => {
    expect(
      readReportSearch({
        range: 'quarter',
        from: '2026-06-31',
        to: '2026-07-01',
        by: 'queue',
        of: 'nothing',
        time: 'toEffect',
        against: 'none',
        queue: 'hate,hate,calm',
        source: 'removal_order,rumour',
        seq: '12',
      }),
    ).toEqual({
      range: 'quarter',
      by: 'queue',
      time: 'toEffect',
      against: 'none',
      queue: 'hate,calm',
      source: 'removal_order',
      seq: 12,
    })
    expect(readReportSearch({ from: '2024-01-01', to: '2026-01-01', seq: '-1' })).toEqual({})
  })
})

describe('the address of rows', () => {
  it('asks for what the figure was counted from, and no more', () => {
    const report = buildReport({ filter: { queue: ['hate', 'calm'], source: ['classifier'] } })
    const search = rowsOf(report, 'overturned', { by: 'language', value: 'ru', counted: 'yes' })
    const read = readRowsSearch(JSON.parse(JSON.stringify(search)))
    expect(read).toEqual(search)
    expect(rowsQueryOf(read!)).toEqual({
      figure: 'overturned',
      from: '2026-06-01',
      to: '2026-06-02',
      seq: '4711',
      queue: ['hate', 'calm'],
      source: ['classifier'],
      by: 'language',
      value: 'ru',
      isCounted: 'true',
    })
  })

  it('is none without a figure or days', () => {
    expect(readRowsSearch({ figure: 'luck', from: '2026-06-01', to: '2026-06-02' })).toBeNull()
    expect(readRowsSearch({ figure: 'flags', from: '2026-06-03', to: '2026-06-02' })).toBeNull()
  })
})
