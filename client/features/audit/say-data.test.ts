import { expect, it } from 'vitest'
import { sayData, sayValue } from './say-data.ts'

it.each([
  [{}, ''],
  [{ outcome: 'exempt', exemption: null, measures: [] }, 'outcome exempt'],
  [
    { decisionId: 'd-1', clause: { id: 'a', version: 1 }, outcome: 'violation' },
    'outcome violation, clause a v1, decisionId d-1',
  ],
  [{ clause: { id: 'hate.slur', version: 2 } }, 'clause hate.slur v2'],
  [{ measures: ['remove', 'block'], rows: 12 }, 'measures remove + block, rows 12'],
  [{ filter: { queue: ['hate', 'urgent'], mine: true } }, 'filter queue=hate + urgent mine=true'],
  [{ sha256: 'ab12'.repeat(16) }, 'sha256 ab12ab…ab12'],
  [{ session: '01890a5d-ac96-774b-bcce-b302099a8057' }, 'session 099a8057'],
])('says %j as %j', (data, said) => {
  expect(sayData(data)).toBe(said)
})

it('says an id in full where there is room', () => {
  expect(sayValue(['01890a5d-ac96-774b-bcce-b302099a8057', 'b'])).toBe('01890a5d-ac96-774b-bcce-b302099a8057 + b')
})
