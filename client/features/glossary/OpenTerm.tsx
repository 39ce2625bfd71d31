import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '#client/api/session.ts'
import type { TermForm as Form, TermDetail } from '#shared/contract/glossary.ts'
import css from './glossary.module.css'
import { Preview } from './Preview.tsx'
import { TermArticle } from './TermArticle.tsx'
import { TermForm } from './TermForm.tsx'

type Props = { term: TermDetail; isEditing: boolean; onEdit: (isEditing: boolean) => void }

/** To read, or to write anew, with what its forms mark beside it. */
export function ExistingTerm({ term, isEditing, onEdit }: Props) {
  const mayManage = useMay('glossary.manage')
  const [written, setWritten] = useState<readonly Form[]>(term.forms)
  if (!mayManage) return <TermArticle term={term} onEdit={null} />
  return (
    <div className={css.beside}>
      {isEditing ? (
        <TermForm term={term} onForms={setWritten} onDone={() => onEdit(false)} onCancel={() => onEdit(false)} />
      ) : (
        <TermArticle term={term} onEdit={() => onEdit(true)} />
      )}
      <Preview forms={isEditing ? written : term.forms} />
    </div>
  )
}

export function NewTerm() {
  const navigate = useNavigate()
  const [written, setWritten] = useState<readonly Form[]>([])
  return (
    <div className={css.beside}>
      <TermForm
        term={null}
        onForms={setWritten}
        onDone={({ id }) => void navigate({ to: '/glossary/$termId', params: { termId: id } })}
        onCancel={() => void navigate({ to: '/glossary' })}
      />
      <Preview forms={written} />
    </div>
  )
}
