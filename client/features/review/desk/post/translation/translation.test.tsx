import { useQuery } from '@tanstack/react-query'
import { act, screen } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { getReview, type ReviewDetail } from '#shared/contract/reviews.ts'
import { type Translation, translateReview } from '#shared/contract/translations.ts'
import { buildReviewDetail, buildReviewRow, buildSnapshot } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { reviewQuery } from '../../../review.queries.ts'
import { PostText } from '../PostText.tsx'
import { chooseMode, seenTranslations } from './translation.store.ts'
import { useTranslated } from './use-translated.ts'

const caption = 'Бумаги мне больше не нужны.'
const english: Translation = {
  id: crypto.randomUUID(),
  of: { part: 'caption', index: 0 },
  language: 'en',
  text: 'I no longer need papers.',
  translator: 'translate.example',
  isMachine: true,
  madeAt: '2026-07-02T10:00:00Z',
}

/** As the desk does: the post of a review that is in the cache. */
function Post({ reviewId }: { reviewId: ReviewDetail['review']['id'] }) {
  const { data } = useQuery(reviewQuery(reviewId))
  return data ? <Shown detail={data} /> : null
}

function Shown({ detail }: { detail: ReviewDetail }) {
  const translated = useTranslated(detail, detail.snapshot)
  return <PostText post={detail.post} snapshot={detail.snapshot} at={0} translated={translated} />
}

function show(items: Translation[], translator: string | null, as = buildSession('reviewer'), isRestricted = false) {
  const detail = buildReviewDetail({
    review: buildReviewRow({ isRestricted }),
    snapshot: buildSnapshot({ caption, language: 'ru' }),
    translations: { translator, items },
  })
  const api = fakeApi().on(getReview, () => detail)
  return { api, detail, ...render(<Post reviewId={detail.review.id} />, { as }) }
}

beforeEach(() => act(() => chooseMode('both')))

it('shows what is kept beside the original, and says that a machine made it', async () => {
  const { user, detail } = show([english], null)
  expect(await screen.findByText(caption)).toBeVisible()
  expect(screen.getByText(english.text)).toBeVisible()
  expect(screen.getByText(/^Machine translation, English, by/)).toHaveTextContent('translate.example')
  expect(screen.getByRole('radio', { name: 'Both' })).toBeChecked()

  await user.keyboard('o')
  expect(screen.getByRole('radio', { name: 'Translation' })).toBeChecked()
  expect(screen.queryByText(caption)).not.toBeInTheDocument()
  await user.keyboard('o')
  expect(screen.getByText(caption)).toBeVisible()
  expect(screen.queryByText(english.text)).not.toBeInTheDocument()
  expect(seenTranslations(detail.review.id)).toEqual({ translations: [english.id] })
})

it('names nothing in the decision that was never on the screen', async () => {
  act(() => chooseMode('original'))
  const { detail } = show([english], null)
  expect(await screen.findByText(caption)).toBeVisible()
  expect(screen.queryByText(english.text)).not.toBeInTheDocument()
  expect(seenTranslations(detail.review.id)).toEqual({})
})

it('asks the translator only when a person does', async () => {
  const { api, user } = show([], 'translate.example')
  api.on(translateReview, () => ({ translator: 'translate.example', items: [english] }))
  expect(await screen.findByRole('button', { name: 'Translate' })).toBeVisible()
  expect(api.sent(translateReview)).toEqual([])

  await user.keyboard('o')
  expect(await screen.findByText(english.text)).toBeVisible()
  expect(api.sent(translateReview)).toEqual([{ to: 'en' }])
  expect(screen.queryByRole('button', { name: 'Translate' })).not.toBeInTheDocument()
})

it('asks as the review opens where the organisation chose so', async () => {
  const session = buildSession('reviewer')
  const as = { ...session, organisation: { ...session.organisation, translatesOnOpen: true } }
  const { api } = show([], 'translate.example', as)
  api.on(translateReview, () => ({ translator: 'translate.example', items: [english] }))
  expect(await screen.findByText(english.text)).toBeVisible()
})

it('says plainly why there is none, and keeps the original', async () => {
  const { api, user } = show([], 'translate.example')
  const issues = [{ path: 'translator', message: 'Quota is used up' }]
  api.on(translateReview, () => ({ refuse: 'translator_failed', issues }))
  await user.click(await screen.findByRole('button', { name: 'Translate' }))
  expect(await screen.findByText(/^It was not translated: the translator/)).toHaveTextContent('“Quota is used up”')
  expect(screen.getByText(caption)).toBeVisible()
})

it.each([
  ['for those who only read', buildSession('auditor'), false],
  ['of what is restricted', buildSession('reviewer'), true],
])('offers no translation %s', async (_, as, isRestricted) => {
  show([], 'translate.example', as, isRestricted)
  expect(await screen.findByText(caption)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Translate' })).not.toBeInTheDocument()
})
