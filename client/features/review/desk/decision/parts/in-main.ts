/** Floating parts hang inside the page's main landmark, where screen readers look for what belongs to the page. */
export const inMain = () => ({ target: document.getElementById('main') ?? document.body })
