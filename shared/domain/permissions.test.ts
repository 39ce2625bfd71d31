import { describe, expect, it } from 'vitest'
import { may, permissions, permissionsOf, Role } from './permissions.ts'

/** All that the role may do besides what every role may. */
function beyondReading(role: Role) {
  const everybody = permissions.filter((permission) => Role.options.every((each) => may(each, permission)))
  return permissionsOf(role).filter((permission) => !everybody.includes(permission))
}

describe('permissions', () => {
  it('lets every role read the queue, the policies and the names of people', () => {
    for (const role of Role.options) {
      expect(permissionsOf(role)).toEqual(expect.arrayContaining(['review.read', 'policy.read', 'person.read']))
    }
  })

  it('lets reviewers and supervisors decide, and nobody else', () => {
    expect(Role.options.filter((role) => may(role, 'review.decide'))).toEqual(['reviewer', 'supervisor'])
  })

  it('lets an auditor change nothing', () => {
    const changes = permissions.filter((permission) =>
      /\.(decide|write|manage|assign|restrict|raise|answer|grant|translate)$/.test(permission),
    )
    expect(changes.length).toBeGreaterThan(2)
    expect(changes.filter((permission) => may('auditor', permission))).toEqual([])
  })

  it('keeps reporters, the log and exports from reviewers', () => {
    expect(beyondReading('reviewer').sort()).toEqual([
      'appeal.decide',
      'appeal.file',
      'caption.translate',
      'decision.confirm',
      'delivery.answer',
      'escalation.answer',
      'flag.write',
      'media.restrict',
      'media.reveal',
      'note.write',
      'rereview.answer',
      'review.bulk',
      'review.decide',
      'threat.raise',
    ])
  })

  it('shows no originals to administrators', () => {
    expect(may('admin', 'media.reveal')).toBe(false)
  })
})
