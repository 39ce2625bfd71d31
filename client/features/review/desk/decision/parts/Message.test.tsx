import { screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { listTemplates } from '#shared/contract/messages.ts'
import { buildPolicy, buildReviewRow, buildTemplate } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { blankDraft, changeDraft, type Draft, inputOf } from '../decision-draft.ts'
import { Message, useMessageLack } from './Message.tsx'
import type { OpenMenu } from './panel-parts.ts'

const policies = new Map([['tve.glorification', buildPolicy()]])
const review = buildReviewRow({ handle: 'aigerim_k', language: 'kk' })
const chosen: Draft = { ...blankDraft(), clause: 'tve.glorification', post: 'remove' }

function Desk({ onDraft }: { onDraft: (draft: Draft) => void }) {
  const [draft, setDraft] = useState(chosen)
  const [open, setOpen] = useState<OpenMenu>(null)
  const isLacking = useMessageLack({ draft, policies, review })
  onDraft(draft)
  const part = { draft, policies, isSending: false, open, onOpen: setOpen }
  return (
    <main id="main">
      <p>{isLacking ? 'not complete' : 'complete'}</p>
      <Message {...part} review={review} onChange={(change) => setDraft(changeDraft(draft, change))} />
    </main>
  )
}

it('is offered in a language that the person reads, its facts filled in, and waits for what a person writes', async () => {
  const texts = { en: 'Hello {{account}}.', ru: '{{account}}: {{measure}}. {{reason}}' }
  const template = buildTemplate({ name: 'Removed', texts, measure: 'post.remove' })
  const others = [buildTemplate({ measure: 'account.block' }), buildTemplate({ occasion: 'upheld' })]
  fakeApi().on(listTemplates, () => ({ items: [template, ...others] }))
  let draft = chosen
  const { user } = render(<Desk onDraft={(next) => (draft = next)} />)
  await user.click(await screen.findByRole('button', { name: 'Write to the user…' }))
  expect(screen.getByText(/^aigerim_k: публикация удалена\. \{\{reason\}\}$/)).toBeVisible()
  expect(screen.getByText('not complete')).toBeVisible()
  await user.type(screen.getByRole('textbox', { name: /The reason/ }), 'Цитата.')
  expect(screen.getByText('aigerim_k: публикация удалена. Цитата.')).toBeVisible()
  await user.keyboard('{Escape}')
  expect(screen.getByText('complete')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Message: Removed (RU)' })).toBeVisible()
  const seen = { version: 1, snapshotId: review.id, handlingMs: 1 }
  expect(inputOf(draft, policies, seen).message).toEqual({
    templateId: template.id,
    version: 1,
    language: 'ru',
    values: { reason: 'Цитата.' },
  })
})
