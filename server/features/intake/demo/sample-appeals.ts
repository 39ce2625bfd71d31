import { randomUUID } from 'node:crypto'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { AppealInput, AppealRuling } from '#shared/contract/appeals.ts'
import type { AppealOutcome, Appellant } from '#shared/domain/appeals.ts'
import { getStandingOf } from './demo.queries.ts'
import type { SamplePersonKey } from './people.ts'
import type { Replay } from './replay-act.ts'
import type { Ago, SamplePost } from './sample.ts'
import { before, story } from './story.ts'

type SampleAppeal = {
  about: SamplePost
  who: Appellant
  name: string
  at: Ago
  text: string
  answer?: { by: SamplePersonKey; at: Ago; outcome: AppealOutcome; rationale: string; exemption?: string }
}

/** What people wrote after they were told, and how it was answered. */
const sampleAppeals: SampleAppeal[] = [
  {
    about: story.court,
    who: 'account',
    name: 'Каспий вестник',
    at: before(38.1),
    text: 'Это отчёт из зала суда. Мы называем преступление, потому что за него вынесен приговор. Ни призывов, ни похвалы в тексте нет. Просим вернуть публикацию.',
    answer: {
      by: 'dana',
      at: before(37.4),
      outcome: 'reversed',
      exemption: 'news',
      rationale:
        'Court report of a registered newspaper. Names the crime in order to inform. The removal read one word and not the sentence.',
    },
  },
  {
    about: story.call,
    who: 'account',
    name: 'Артём Атырау',
    at: before(18.2),
    text: 'Я звал друзей в гости, больше ничего. Никакой дороги и никакой группы нет. Верните мою страницу.',
    answer: {
      by: 'mei',
      at: before(17.6),
      outcome: 'upheld',
      rationale:
        'A route, company and a contact are offered to whoever is tired of the papers of the state. Nothing in it speaks of a visit. No news, research or art frame.',
    },
  },
  {
    about: story.fresh,
    who: 'reporter',
    name: 'u-204',
    at: before(5.2),
    text: 'Это тот же человек, что и на закрытой странице. Посмотрите ещё раз, он уже зовёт к себе старых друзей.',
  },
  {
    about: story.pageClosed,
    who: 'account',
    name: 'Каспий вестник',
    at: before(2.1),
    text: 'Мы сообщили, что страницу закрыли, и размыли снимок. Ограничение в Казахстане закрывает новость именно тем, кого она касается. Просим снять его.',
  },
]

/** The appeals of the sample, filed by hand and answered, each at its own time. */
export async function loadAppeals({ deps, desk, people, timeOf }: Replay): Promise<void> {
  for (const { about, who, name, at, text, answer } of sampleAppeals) {
    const decision = await getStandingOf(deps.db, { platform: about.platform, external_id: about.externalId })
    const filed = {
      clientId: randomUUID(),
      about: { decisionId: decision.id },
      appellant: { kind: who, name },
      text,
      language: 'ru',
    }
    const { appeal } = await desk.fileAppeal({ ...deps, now: () => timeOf(at) }, people.noor, filed)
    if (!answer) continue
    const { by, at: answeredAt, outcome, rationale, exemption } = answer
    const now = () => timeOf(answeredAt)
    const act = () => ({ appealId: appeal.id, clientId: randomUUID() })
    await desk.claimAppeal({ ...deps, now }, people[by], act())
    const ruling = exemption ? exempt(decision.clause!, exemption) : null
    await desk.decideAppeal({ ...deps, now }, people[by], { ...act(), outcome, rationale, ruling })
    await desk.sweepOutbox({ ...deps, now: () => new Date(now().getTime() + deps.settings.undoMs) })
  }
}

const exempt = (clause: NonNullable<AppealRuling['clause']>, exemption: string): AppealRuling => ({
  outcome: 'exempt',
  clause,
  furtherClauses: [],
  exemption,
  purposeWeighed: true,
  measures: [],
  territory: [],
})

/** How appeals are filed and answered: handed in, since features do not reach into each other. */
export type AppealsDesk = {
  fileAppeal: (deps: Deps, by: Caller, input: AppealInput) => Promise<{ appeal: { id: string } }>
  claimAppeal: (deps: Deps, by: Caller, act: Act) => Promise<unknown>
  decideAppeal: (deps: Deps, by: Caller, act: Act & Verdict) => Promise<unknown>
}
type Act = { appealId: string; clientId: string }
type Verdict = { outcome: AppealOutcome; rationale: string; ruling: AppealRuling | null }
