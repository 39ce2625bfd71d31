import type { SamplePersonKey } from './people.ts'
import type { Ago, SampleAct, SampleDecision, SamplePost } from './sample.ts'
import { before, first, second, story } from './story.ts'

const on = ({ platform, externalId }: SamplePost) => ({ post: `${platform}/${externalId}` })
const firstAccount = { account: `vk/${first.externalId}` }
const secondAccount = { account: `vk/${second.externalId}` }

type Ruling = Partial<Pick<SampleDecision, 'clause' | 'furtherClauses' | 'exemption' | 'measures' | 'territory'>>
function decision(
  about: SamplePost,
  by: SamplePersonKey,
  at: Ago,
  outcome: SampleDecision['outcome'],
  ruling: Ruling,
  rationale: string,
): SampleDecision {
  const nothing = { clause: null, furtherClauses: [], exemption: null, measures: [], territory: [] }
  const handlingMs = 20_000 + rationale.length * 400
  return { act: 'decision', ...on(about), by, at, outcome, ...nothing, ...ruling, rationale, handlingMs }
}

/** What was decided and noted about the persons of the story before today. */
export const storyHistory: SampleAct[] = [
  decision(story.steppe, 'ana', before(42.7), 'no_violation', {}, 'A landscape and a mood. No clause applies.'),
  // Wrong, and put right on appeal.
  {
    ...decision(
      story.court,
      'jonas',
      before(38.4),
      'violation',
      { clause: 'tve.recruitment', measures: [{ target: 'post', kind: 'remove' }] },
      'Names a recruiter and his recruiting.',
    ),
    takesEffect: true,
  },
  decision(
    story.laws,
    'mei',
    before(33.1),
    'violation',
    { clause: 've.extremist-ideology', measures: [{ target: 'post', kind: 'label' }] },
    'The term is used for the state as such. A view, no call and no threat: labelled, stays.',
  ),
  decision(
    story.son,
    'jonas',
    before(26.1),
    'violation',
    {
      clause: 'tve.supporter-media',
      measures: [
        { target: 'post', kind: 'remove' },
        { target: 'account', kind: 'warn' },
      ],
    },
    'Teaches a child the group’s word for the state, with its imagery. Weighed as private opinion and as art; neither holds.',
  ),
  {
    act: 'note',
    ...firstAccount,
    by: 'jonas',
    at: before(26) - 20,
    body: 'Two people seen from behind, one of them a child. No face, no place name. Told the child-protection contact by telephone.',
  },
  decision(story.flood, 'ana', before(23.5), 'no_violation', {}, 'Traffic news.'),
  decision(
    story.call,
    'dana',
    before(19),
    'violation',
    {
      clause: 'tve.recruitment',
      furtherClauses: ['tve.supporter-media'],
      measures: [
        { target: 'post', kind: 'remove' },
        { target: 'account', kind: 'block' },
      ],
    },
    'Offers a route and company to whoever is tired of the state’s papers. That is a call to travel, with a contact. No news, research or art frame.',
  ),
  {
    act: 'note',
    ...firstAccount,
    by: 'marta',
    at: before(18.8),
    body: 'Read the decision again with Dana: agreed. Snapshots and pictures are kept, nothing here depends on the page staying up.',
  },
  decision(
    story.pageClosed,
    'marta',
    before(15.9),
    'exempt',
    {
      clause: 'tve.recruitment',
      exemption: 'news',
      measures: [{ target: 'post', kind: 'restrict', by: 'region' }],
      territory: ['KZ'],
    },
    'A report about a closed page, no praise. Disabled in Kazakhstan only, on the order of its authority; the newspaper was told and may appeal.',
  ),
  {
    act: 'note',
    ...firstAccount,
    by: 'dana',
    at: before(12.6),
    body: 'The page is gone, deleted by its owner six days after the block. Four posts and their pictures are in the record.',
  },
  {
    act: 'note',
    ...secondAccount,
    by: 'timur',
    at: before(7.1),
    key: 'who-is-it',
    body: 'New page, five days after the old one went. He says that it is his, and that he is 30 and in Mosul.',
  },
  decision(
    story.fresh,
    'timur',
    before(7),
    'no_violation',
    {},
    'Opening a page is no violation, and the block was for one post. Watched, not sanctioned.',
  ),
  {
    act: 'note',
    ...secondAccount,
    by: 'timur',
    at: before(6.9),
    supersedes: 'who-is-it',
    body: 'New page, five days after the old one went. He says that it is his. He claims the age of 30 and Mosul; the first page said Atyrau and gave no age. Claims, none of them confirmed.',
  },
  {
    act: 'note',
    ...secondAccount,
    by: 'marta',
    at: before(6.2),
    key: 'the-link',
    isPinned: true,
    body: 'I take the link to artyom_atyrau as likely: name, turns of phrase, the same pictures. It explains why we look. What is decided is each post by its own words.',
  },
  {
    act: 'note',
    ...secondAccount,
    by: 'ana',
    at: before(5.4),
    answers: 'the-link',
    body: 'Agreed. <@timur>, did the first page ever name Mosul itself, or only the newspaper?',
  },
  {
    act: 'note',
    ...secondAccount,
    by: 'timur',
    at: before(5.1),
    answers: 'the-link',
    body: 'Only in its bio, for two days in May. <@dana>, look at that before the three pictures are decided.',
  },
  {
    act: 'state',
    ...on(story.youngest),
    by: 'ana',
    at: before(2.4),
    state: 'escalated',
    reason: 'The same picture as in a removed post, and a child again. Not mine to decide alone.',
  },
  decision(
    story.passedOn,
    'timur',
    before(0) - 300,
    'violation',
    {
      clause: 'tve.supporter-media',
      measures: [
        { target: 'post', kind: 'remove' },
        { target: 'account', kind: 'block' },
      ],
    },
    'Passes two pictures of the series on as an example to follow. The channel exists for this.',
  ),
  decision(
    story.oneOfUs,
    'ana',
    before(0) - 560,
    'violation',
    {
      clause: 'tve.glorification',
      measures: [
        { target: 'post', kind: 'remove' },
        { target: 'account', kind: 'limit', endsAt: -5 * 1440 },
      ],
    },
    'Praises the act and counts its author as one of theirs. Picture known, mirrored.',
  ),
  decision(
    story.archive,
    'mei',
    before(0) - 810,
    'exempt',
    {
      clause: 'tve.supporter-media',
      exemption: 'academic',
      measures: [{ target: 'post', kind: 'label' }],
    },
    'A research archive explains the term and withholds the account. Labelled as sensitive.',
  ),
  {
    act: 'note',
    ...on(story.series),
    by: 'ana',
    at: 240,
    body: 'Photographs 2 and 3 went round yesterday, cropped and mirrored; photograph 1 is new. Read the three lines as one text.',
  },
  {
    act: 'note',
    ...on(story.report),
    by: 'mei',
    at: 84,
    body: 'The same picture, but in a broadcast frame, face and number covered, the word explained. Ask for the purpose before anything else.',
  },
  { act: 'claim', ...on(story.wordless), by: 'ana', at: 3 },
]
