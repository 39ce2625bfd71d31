import { createLink } from '@tanstack/react-router'
import { type ComponentProps, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Policy } from '#shared/contract/policies.ts'
import css from './policies.module.css'

type Props = { policies: readonly Policy[]; openId: string | undefined }

/** Says itself which clause is open: the bare `/policies` shows the first one. */
const Leaf = createLink(({ isOpen, ...anchor }: ComponentProps<'a'> & { isOpen: boolean }) => (
  <a {...anchor} className={css.leaf} aria-current={isOpen ? 'page' : undefined} />
))

/** Clauses and exemptions by section, with how many decisions cite each. Arrows move between them. */
export function PolicyTree({ policies, openId }: Props) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const tree = useRef<HTMLElement>(null)
  const sections = [...new Map(policies.map(({ section }) => [section.code, section])).values()]

  // A clause opened by its address may stand far down the list.
  useEffect(() => {
    if (openId) tree.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [openId])

  function step(by: 1 | -1) {
    const leaves = [...(tree.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])]
    const at = leaves.findIndex((leaf) => leaf.getAttribute('aria-current') !== null)
    const leaf = leaves[Math.min(Math.max(at + by, 0), leaves.length - 1)]
    leaf?.focus()
    leaf?.click()
  }
  useKeys({ down: () => step(1), up: () => step(-1) })

  return (
    <nav ref={tree} className={css.tree} aria-label={t('tree')}>
      {sections.map((section) => (
        <section key={section.code} aria-labelledby={`section-${section.code}`}>
          <div className={css.section} id={`section-${section.code}`}>
            <span className="num">{section.code}</span>
            {section.name}
          </div>
          {policies
            .filter((policy) => policy.section.code === section.code)
            .map((policy) => (
              <Leaf
                key={policy.id}
                to="/policies/$policyId"
                params={{ policyId: policy.id }}
                isOpen={policy.id === openId}
              >
                <span className={`num ${css.code}`}>{policy.code}</span>
                <span className="cut">{policy.shortName}</span>
                {policy.decisionCount > 0 ? (
                  <span className="push xs t3 num" title={t('decisions', { count: policy.decisionCount })}>
                    {format.number(policy.decisionCount)}
                  </span>
                ) : null}
              </Leaf>
            ))}
        </section>
      ))}
    </nav>
  )
}
