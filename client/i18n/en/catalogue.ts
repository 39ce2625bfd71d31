import { audit } from './audit.ts'
import { policies } from './policies.ts'
import { queue } from './queue.ts'
import { review } from './review.ts'
import { shell } from './shell.ts'
import { team } from './team.ts'
import { ui } from './ui.ts'

/** English is the source: its keys are the keys. One namespace a feature. */
export const en = { ui, shell, team, queue, review, audit, policies }
