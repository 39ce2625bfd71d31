import { type QueryClient, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { getMedia, type Sha256 } from '#shared/contract/media.ts'
import type { listPolicies } from '#shared/contract/policies.ts'
import type { Session } from '#shared/contract/team.ts'
import { type Look, lookOf, plainLook, strongestOf, treatmentOf } from '#shared/domain/redaction.ts'
import { addressOf } from './call.ts'
import { policiesQuery } from './reference-data.ts'
import { sessionKey, useSession } from './session.ts'

type Chosen = Pick<Session, 'preferences' | 'organisation'>

const redactionOf = ({ preferences, organisation }: Chosen) => ({
  own: preferences.redaction,
  house: organisation.redaction,
})

/** Whether it matters what a picture is suspected of. */
function dependsOnKind(chosen: Chosen) {
  const { own, house } = redactionOf(chosen)
  return Object.keys(own.byKind).length + Object.keys(house.byKind).length > 0
}

/** @param kind undefined while it is not known: then the picture shows least */
function choose(chosen: Chosen, kind: string | null | undefined): Look {
  const redaction = redactionOf(chosen)
  if (!dependsOnKind(chosen)) return lookOf(treatmentOf(redaction, null))
  return lookOf(kind === undefined ? strongestOf(redaction) : treatmentOf(redaction, kind))
}

/**
 * How pictures of a post suspected of this clause are redacted for the person at the screen.
 *
 * @param policyId null is unsorted; undefined where nobody says what it was suspected of
 */
export function useLook(policyId: string | null | undefined): Look {
  const session = useSession()
  const { data: policies } = useQuery({
    ...policiesQuery,
    enabled: typeof policyId === 'string' && dependsOnKind(session),
  })
  return choose(
    session,
    kindOf(policyId, (id) => policies && (policies.get(id)?.section.code ?? null)),
  )
}

function kindOf(policyId: string | null | undefined, find: (id: string) => string | null | undefined) {
  return typeof policyId === 'string' ? find(policyId) : policyId
}

/** The same, outside a component: for what is fetched ahead. */
export function lookIn(queryClient: QueryClient, policyId: string | null): Look {
  const session = queryClient.getQueryData<Session | null>(sessionKey)
  if (!session) return plainLook
  const policies = queryClient.getQueryData<z.output<typeof listPolicies.reply>>(policiesQuery.queryKey)
  const find = (id: string) => policies && (policies.items.find((policy) => policy.id === id)?.section.code ?? null)
  return choose(session, kindOf(policyId, find))
}

/** Address of a redacted copy in one look. */
export function redactedSrc(sha256: Sha256, variant: 'thumbnail' | 'redacted', look: Look): string {
  return addressOf(getMedia, { params: { sha256, variant }, query: look === plainLook ? {} : { look } })
}
