import { IconChevronDown, IconClock, IconDice5, IconEye, IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { createLink } from '@tanstack/react-router'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Policy } from '#shared/contract/policies.ts'
import type { DraftRow } from '#shared/contract/policy-drafts.ts'
import css from './policies.module.css'
import { draftsQuery, newSamplesQuery } from './policies.queries.ts'

type Props = { policies: readonly Policy[]; openId: string | undefined }

/** Says itself which clause is open: the bare `/policies` shows the first one. */
const Leaf = createLink(({ isOpen, ...anchor }: ComponentProps<'a'> & { isOpen: boolean }) => (
  <a {...anchor} className={css.leaf} aria-current={isOpen ? 'page' : undefined} />
))

/** Clauses and exemptions by section, with how many decisions cite each. Arrows move between them. */
export function PolicyTree({ policies, openId }: Props) {
  const { t } = useTranslation('policies')
  const mayRead = useMay('draft.read')
  const mayWrite = useMay('policy.manage')
  const { data } = useQuery({ ...draftsQuery, enabled: mayRead })
  const drafts = data?.items ?? []
  const mayJudge = useMay('rereview.answer')
  const { data: samples } = useQuery({ ...newSamplesQuery, enabled: mayJudge })
  const waiting = Map.groupBy(samples?.items.filter(({ forMe }) => forMe > 0) ?? [], ({ policyId }) => policyId)
  const tree = useRef<HTMLElement>(null)
  const added = drafts.filter(({ isNew, policyId }) => isNew && !policies.some(({ id }) => id === policyId))
  const named = [...policies.map(({ section }) => section), ...added.map(({ section }) => section)]
  const sections = [...new Map(named.map((section) => [section.code, section])).values()]

  // A clause opened by its address may stand far down the list.
  useEffect(() => {
    if (openId) tree.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [openId])

  function step(by: 1 | -1) {
    const leaves = [...(tree.current?.querySelectorAll<HTMLAnchorElement>('a[href*="/policies/"]') ?? [])]
    const at = leaves.findIndex((leaf) => leaf.getAttribute('aria-current') !== null)
    const leaf = leaves[Math.min(Math.max(at + by, 0), leaves.length - 1)]
    leaf?.focus()
    leaf?.click()
  }
  useKeys({ down: () => step(1), up: () => step(-1) })

  return (
    <div className={css.tree}>
      <nav ref={tree} aria-label={t('tree')}>
        {sections.map((section) => (
          <Section key={section.code} {...section}>
            {policies
              .filter((policy) => policy.section.code === section.code)
              .map((policy) => (
                <Clause
                  key={policy.id}
                  policy={policy}
                  draft={drafts.find(({ policyId }) => policyId === policy.id)}
                  toJudge={waiting.get(policy.id)?.reduce((sum, { forMe }) => sum + forMe, 0) ?? 0}
                  isOpen={policy.id === openId}
                />
              ))}
            {added
              .filter((draft) => draft.section.code === section.code)
              .map((draft) => (
                <Leaf
                  key={draft.id}
                  to="/policies/drafts/$draftId"
                  params={{ draftId: draft.id }}
                  isOpen={draft.policyId === openId}
                >
                  <span className={`num ${css.code}`}>{draft.code}</span>
                  <span className="cut t3">{draft.shortName || t('tree.drafts')}</span>
                  <DraftMark draft={draft} />
                </Leaf>
              ))}
          </Section>
        ))}
      </nav>
      {mayRead ? (
        <div className={css.treeFoot}>
          {mayWrite ? (
            <ButtonLink
              to="/policies/drafts/$draftId"
              params={{ draftId: 'new' }}
              leftSection={<IconPlus size={14} aria-hidden />}
            >
              {t('add.clause')}
            </ButtonLink>
          ) : null}
          <ButtonLink to="/policies/drafts/$draftId" params={{ draftId: 'file' }}>
            {t('exchange.open')}
          </ButtonLink>
        </div>
      ) : null}
    </div>
  )
}

type SectionProps = { code: string; name: string; children: React.ReactNode }

function Section({ code, name, children }: SectionProps) {
  const [isFolded, setFolded] = useState(false)
  return (
    <section aria-labelledby={`section-${code}`}>
      <button
        type="button"
        className={css.section}
        id={`section-${code}`}
        aria-expanded={!isFolded}
        onClick={() => setFolded(!isFolded)}
      >
        <IconChevronDown size={13} className={css.chevron} aria-hidden />
        <span className="num">{code}</span>
        <span className="cut">{name}</span>
      </button>
      {isFolded ? null : children}
    </section>
  )
}

type ClauseProps = {
  policy: Policy
  draft: DraftRow | undefined
  /** Past decisions that wait for my judgement. */
  toJudge: number
  isOpen: boolean
}

function Clause({ policy, draft, toJudge, isOpen }: ClauseProps) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  return (
    <Leaf to="/policies/$policyId" params={{ policyId: policy.id }} isOpen={isOpen}>
      <span className={`num ${css.code}`}>{policy.code}</span>
      <span className="cut" data-retired={policy.isRetired || undefined}>
        {policy.shortName}
        {policy.isRetired ? <span className="vh">, {t('tag.retired')}</span> : null}
      </span>
      {draft ? <DraftMark draft={draft} /> : null}
      {toJudge > 0 ? <JudgeMark count={toJudge} /> : null}
      {policy.decisionCount > 0 ? (
        <span className="push xs t3 num" title={t('decisions', { count: policy.decisionCount })}>
          {format.number(policy.decisionCount)}
        </span>
      ) : null}
    </Leaf>
  )
}

function DraftMark({ draft: { state, inForceSince } }: { draft: DraftRow }) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const isToCome = state === 'published'
  const Icon = isToCome ? IconClock : state === 'asked' ? IconEye : IconPencil
  const words = isToCome
    ? t('tag.scheduled', { day: format.date(inForceSince!, 'short') })
    : t(state === 'asked' ? 'tag.asked' : 'tag.draft')
  return (
    <span className={css.mark} data-asked={state === 'asked' || undefined} title={words}>
      <Icon size={13} aria-hidden />
      <span className="vh">{words}</span>
    </span>
  )
}

function JudgeMark({ count }: { count: number }) {
  const { t } = useTranslation('rereview')
  const format = useFormat()
  const words = t('sample.forMe', { count, n: format.number(count) })
  return (
    <span className={css.mark} data-asked title={words}>
      <IconDice5 size={13} aria-hidden />
      <span className="vh">{words}</span>
    </span>
  )
}
