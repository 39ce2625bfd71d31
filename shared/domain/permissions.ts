import { z } from 'zod'

export const Role = z.enum(['reviewer', 'supervisor', 'admin', 'auditor'])
export type Role = z.infer<typeof Role>

/** Which role may do what: the only place where this is said. The server enforces it, the client explains it. */
const rights = {
  'review.read': ['reviewer', 'supervisor', 'admin', 'auditor'],
  'review.decide': ['reviewer', 'supervisor'],
  /** Give a review to somebody, or take it from them. */
  'review.assign': ['supervisor'],
  /** Do one thing to many reviews. */
  'review.bulk': ['reviewer', 'supervisor'],
  /** Saved views for everybody. */
  'view.share': ['supervisor'],
  /** Messages to users. */
  'template.manage': ['supervisor'],
  /** Canned reasons. */
  'reason.manage': ['supervisor'],
  /** Answer what was handed up: also those who decide nothing themselves. */
  'escalation.answer': ['reviewer', 'supervisor', 'admin'],
  'decision.supersede': ['supervisor'],
  /** Be the second person of a severe decision that somebody else proposed. */
  'decision.confirm': ['reviewer', 'supervisor'],
  /** The strike ladder. */
  'ladder.manage': ['supervisor', 'admin'],
  'delivery.read': ['supervisor', 'admin', 'auditor'],
  'delivery.retry': ['supervisor', 'admin'],
  'delivery.answer': ['reviewer', 'supervisor', 'admin'],
  'receiver.manage': ['admin'],
  'media.reveal': ['reviewer', 'supervisor', 'auditor'],
  /** Everybody's load, and more of it for somebody else. */
  'exposure.read': ['supervisor'],
  'exposure.add': ['supervisor'],
  /** Have a text sent to the translator. */
  'caption.translate': ['reviewer', 'supervisor'],
  'note.write': ['reviewer', 'supervisor'],
  'flag.write': ['reviewer', 'supervisor', 'admin'],
  /** For any source, as an operator does. */
  'import.create': ['supervisor', 'admin'],
  'policy.read': ['reviewer', 'supervisor', 'admin', 'auditor'],
  'draft.read': ['supervisor', 'admin', 'auditor'],
  /** Write drafts of clauses. */
  'policy.manage': ['supervisor'],
  /** The second pair of eyes, never on one's own draft. */
  'policy.publish': ['supervisor', 'admin'],
  /** Judge past decisions again, blind. */
  'rereview.answer': ['reviewer', 'supervisor'],
  /** How flags are routed, weighed and sorted. */
  'queue.read': ['supervisor', 'admin', 'auditor'],
  'queue.manage': ['supervisor', 'admin'],
  'glossary.read': ['reviewer', 'supervisor', 'admin', 'auditor'],
  'glossary.manage': ['supervisor'],
  'person.read': ['reviewer', 'supervisor', 'admin', 'auditor'],
  'team.read': ['supervisor', 'admin', 'auditor'],
  /** Queues and languages; supervisors those of reviewers only. */
  'person.assign': ['supervisor', 'admin'],
  'person.manage': ['admin'],
  'organisation.manage': ['admin'],
  'key.read': ['admin', 'auditor'],
  'key.manage': ['admin'],
  'media.restrict': ['reviewer', 'supervisor'],
  'threat.raise': ['reviewer', 'supervisor'],
  'threat.read': ['reviewer', 'supervisor', 'admin', 'auditor'],
  'threat.answer': ['supervisor', 'admin'],
  'reporter.read': ['supervisor', 'auditor'],
  'reporter.write': ['supervisor'],
  'appeal.read': ['reviewer', 'supervisor', 'admin', 'auditor'],
  'appeal.file': ['reviewer', 'supervisor', 'admin'],
  /** Hear appeals: never those against what one decided. */
  'appeal.decide': ['reviewer', 'supervisor'],
  'event.read': ['supervisor', 'admin', 'auditor'],
  'export.create': ['supervisor', 'admin', 'auditor'],
  'export.schedule': ['supervisor', 'admin'],
  'report.read': ['supervisor', 'admin', 'auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof rights
export const permissions = Object.keys(rights) as Permission[]

export function may(role: Role, permission: Permission): boolean {
  return (rights[permission] as readonly Role[]).includes(role)
}

export function permissionsOf(role: Role): Permission[] {
  return permissions.filter((permission) => may(role, permission))
}
