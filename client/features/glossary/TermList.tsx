import { TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '#client/api/session.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Term } from '#shared/contract/glossary.ts'
import { fold } from '#shared/domain/fold.ts'
import { Exchange } from './Exchange.tsx'
import css from './glossary.module.css'

type Props = { terms: readonly Term[]; openId: string | undefined }

/** All terms; found by their headword, their forms and their meanings. */
export function TermList({ terms, openId }: Props) {
  const { t } = useTranslation('glossary')
  const format = useFormat()
  const mayManage = useMay('glossary.manage')
  const [asked, setAsked] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useKeys({ filter: () => field.current?.focus() })
  const found = terms.filter((term) => textOf(term).includes(fold(asked.trim())))
  return (
    <nav className={css.list} aria-label={t('list.label')}>
      <TextInput
        ref={field}
        size="xs"
        aria-label={t('list.find')}
        placeholder={t('list.find')}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={asked}
        onChange={(event) => setAsked(event.currentTarget.value)}
      />
      <p className="xs t3">{t('list.count', { count: found.length, n: format.number(found.length) })}</p>
      {found.length === 0 && terms.length > 0 ? <p className="sm t2">{t('list.none')}</p> : null}
      <ul className={css.terms}>
        {found.map(({ id, headword, language, isRetired }) => (
          <li key={id}>
            <Link
              to="/glossary/$termId"
              params={{ termId: id }}
              className={css.leaf}
              aria-current={id === openId ? 'page' : undefined}
            >
              <bdi className="cut grow" lang={language}>
                {headword}
              </bdi>
              {isRetired ? <Badge tone="gone">{t('retired')}</Badge> : null}
              <LangTag code={language} />
            </Link>
          </li>
        ))}
      </ul>
      <div className={css.listFoot}>
        {mayManage ? (
          <ButtonLink
            to="/glossary/$termId"
            params={{ termId: 'new' }}
            leftSection={<IconPlus size={14} aria-hidden />}
          >
            {t('list.add')}
          </ButtonLink>
        ) : null}
        <Exchange terms={terms} />
      </div>
    </nav>
  )
}

const textOf = ({ headword, forms, senses }: Term) =>
  fold(
    [headword, ...forms.map(({ text }) => text.replaceAll('|', '')), ...senses.map((each) => each.meaning)].join('\n'),
  )
