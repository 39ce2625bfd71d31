import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { everything } from '#server/features/review/scope.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { PolicyContent } from '#shared/contract/policies.ts'
import type { askAboutDraft, openDraft, PolicyDraft, saveDraft } from '#shared/contract/policy-drafts.ts'
import { getIdOf } from './demo.queries.ts'
import { samplePeople } from './people.ts'
import { before } from './story.ts'

/** What a supervisor does with a draft, as the routes do it. */
type Desk = {
  openDraft: (deps: Deps, by: Caller, input: z.output<typeof openDraft.body>) => Promise<PolicyDraft>
  saveDraft: (
    deps: Deps,
    by: Caller,
    draftId: string,
    input: z.output<typeof saveDraft.body>,
  ) => Promise<{ revision: number }>
  askAboutDraft: (
    deps: Deps,
    by: Caller,
    draftId: string,
    input: z.output<typeof askAboutDraft.body>,
  ) => Promise<unknown>
}

/** One clause of the sample is being written anew, and waits for a second pair of eyes. */
export async function addPolicyDraft(deps: Deps, desk: Desk): Promise<void> {
  const start = deps.now().getTime()
  const at = (ago: number): Deps => ({ ...deps, now: () => new Date(start - ago * 60_000) })
  const marta = samplePeople.marta
  const by = { id: await getIdOf(deps.db, marta.email), ...marta, key: null, scope: everything }
  const clientId = randomUUID
  const draft = await desk.openDraft(at(before(3)), by, { clientId: clientId(), policyId: 'tve.recruitment' })
  const written = {
    clientId: clientId(),
    revision: draft.revision,
    content: { ...draft.content, ...reworded(draft.content) },
    change: 'Photographs of the route count as a sign; the territory must be named',
    wantedFrom: null,
  }
  const { revision } = await desk.saveDraft(at(before(2)), by, draft.id, written)
  await desk.askAboutDraft(at(before(2) - 20), by, draft.id, { clientId: clientId(), revision })
}

function reworded({ signs, notThis }: PolicyContent): Partial<PolicyContent> {
  return {
    signs: [
      ...signs.map((sign) => (sign === 'Travel help' ? 'Travel help, or photographs of the route with a place' : sign)),
      'Several accounts that carry the same call within a day',
    ],
    notThis: [...notThis, 'A religious term on its own: many are words of theology as well'],
    examples: [
      {
        text: 'We meet at the bridge on Friday, write to me for the address. Bring nothing.',
        falls: true,
        why: 'A place, a time and a way to get in touch',
      },
      {
        text: 'How a nineteen-year-old was talked into leaving: his mother tells.',
        falls: false,
        why: 'Reports on recruitment and calls nobody',
      },
    ],
    requiredFields: ['rationale', 'territory'],
    strikeWeight: 3,
  }
}
