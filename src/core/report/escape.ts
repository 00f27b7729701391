// Run data in markup: every character that could mean something is written as itself.

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML content and quoted attributes. Control characters, which no browser shows, become �. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] as string).replace(controls, '\ufffd');

/** Control characters other than tab and line breaks. */
export const controls = /[^\P{Cc}\t\n\r]/gu;

const latex: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '–': '--',
  '−': '$-$',
};

/** What pdflatex has no letter for without further packages, as mathematics that every LaTeX knows: hyperparameters are called λ and β₁. */
const mathematics: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '∞ infty ✓ surd ≤ leq ≥ geq ≈ approx ≠ neq → rightarrow ← leftarrow × times ± pm · cdot ∈ in ∑ sum √ surd ∂ partial ∇ nabla ' +
    'α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon φ varphi χ chi ψ psi ω omega ' +
    'Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega'
  )
    .split(' ')
    .flatMap((character, at, all) => (at % 2 === 0 ? [[character, `$\\${all[at + 1]}$`]] : [])),
);
const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/** Text for LaTeX. Letters of other scripts stay as they are: they want lualatex or xelatex. */
export const escapeLatex = (text: string): string =>
  text
    .replace(/[^\n !"'-;=?-Z[\]`a-z]/gu, (character) => {
      const digit = subscripts.indexOf(character);
      return digit >= 0 ? `$_${digit}$` : (latex[character] ?? mathematics[character] ?? character);
    })
    .replace(controls, '');

/** Text for a cell of a Markdown table or a line: nothing in it starts markup or ends the cell. */
export const escapeMarkdown = (text: string): string => escapeHtml(text.replace(/\s+/g, ' ')).replace(/[\\`*_[\]|~#!]/g, '\\$&');
