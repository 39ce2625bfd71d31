import type { Insertable } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ProposalEndTable, ProposalTable } from '#server/db/schema/decisions.ts'
import type { Proposal } from '#shared/contract/confirming.ts'

/** More than these are not shown: a review is seldom proposed on twice. */
const most = 5

function selectProposals(db: Db | Tx) {
  return db
    .selectFrom('proposal')
    .leftJoin('proposal_end', 'proposal_end.proposal_id', 'proposal.id')
    .selectAll('proposal')
    .select(['proposal_end.kind as end_kind', 'proposal_end.by_id as end_by', 'proposal_end.at as end_at'])
    .select(['proposal_end.reason as end_reason', 'proposal_end.decision_id'])
}

/** Newest first. Only the newest may wait. */
export function findProposalRows(db: Db | Tx, reviewId: string) {
  return selectProposals(db)
    .where('proposal.review_id', '=', reviewId)
    .orderBy('proposal.id', 'desc')
    .limit(most)
    .execute()
}

export type ProposalRow = Awaited<ReturnType<typeof findProposalRows>>[number]

export async function findProposals(db: Db, reviewId: string): Promise<Proposal[]> {
  return (await findProposalRows(db, reviewId)).map(toProposal)
}

/** With its end only when its review was locked before. */
export function getProposal(db: Db | Tx, proposalId: string): Promise<ProposalRow | undefined> {
  return selectProposals(db).where('proposal.id', '=', proposalId).executeTakeFirst()
}

export async function insertProposal(tx: Tx, proposal: Insertable<ProposalTable>) {
  await tx.insertInto('proposal').values(proposal).execute()
}

export async function insertProposalEnd(tx: Tx, end: Insertable<ProposalEndTable>) {
  await tx.insertInto('proposal_end').values(end).execute()
}

export function toProposal({ input, ...row }: ProposalRow): Proposal {
  return {
    id: row.id,
    reviewId: row.review_id,
    version: row.review_version,
    snapshotId: row.snapshot_id,
    outcome: input.outcome,
    clause: input.clause,
    furtherClauses: input.furtherClauses,
    exemption: input.exemption,
    exemptionTest: input.exemptionTest ?? null,
    purposeWeighed: input.purposeWeighed,
    measures: input.measures,
    territory: input.territory,
    rationale: input.rationale,
    strikes: row.strikes,
    ladderReason: input.ladderReason || null,
    message: input.message ?? null,
    translations: row.translations,
    proposedById: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    end:
      row.end_kind && row.end_by && row.end_at
        ? {
            kind: row.end_kind,
            byId: row.end_by,
            at: row.end_at.toISOString(),
            reason: row.end_reason,
            decisionId: row.decision_id,
          }
        : null,
  }
}
