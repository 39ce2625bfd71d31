import { queryOptions } from '@tanstack/react-query'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import { call } from './call.ts'

/*
 * What nearly every screen needs beside its own data: names of people, clauses and queues. Fetched once, kept for five
 * minutes, so that rows carry ids only.
 */
const kept = { staleTime: 5 * 60_000 }

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => call(listPeople, { signal }),
  select: (reply) => new Map(reply.items.map((person) => [person.id, person])),
  ...kept,
})

/** By id, in the order of their codes; exemptions included. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => call(listPolicies, { signal }),
  select: (reply) => new Map(reply.items.map((policy) => [policy.id, policy])),
  ...kept,
})

export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: ({ signal }) => call(listQueues, { signal }),
  ...kept,
})
