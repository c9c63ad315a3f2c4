import type { Child, FC } from 'hono/jsx';

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet';

type ButtonProps = {
  kind?: ButtonKind | undefined;
  type?: 'submit' | 'button' | 'reset' | undefined;
  name?: string | undefined;
  value?: string | undefined;
  /** Sends the surrounding form elsewhere. */
  formaction?: string | undefined;
  formnovalidate?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Data attributes an island listens to. */
  attrs?: Record<string, string> | undefined;
  children?: Child;
};

/** A button; its text is a verb and says what will happen ("Réserver 9 h – 11 h"). */
export const Button: FC<ButtonProps> = ({ kind = 'primary', type = 'submit', attrs, children, ...rest }) => (
  <button class={`button button-${kind}`} type={type} {...rest} {...attrs}>
    {children}
  </button>
);

/**
 * What Enter does, as the first button of a form whose other buttons come before its own ("add a line"): neither seen nor
 * reached by Tab, its twin at the end is.
 */
export const EnterButton: FC<{ name: string; value: string }> = ({ name, value }) => (
  <button hidden type="submit" name={name} value={value} />
);

/** A link that looks like a button: it goes somewhere and changes nothing. */
export const LinkButton: FC<{
  href: string;
  kind?: ButtonKind | undefined;
  attrs?: Record<string, string> | undefined;
  children?: Child;
}> = ({ href, kind = 'secondary', attrs, children }) => (
  <a class={`button button-${kind}`} href={href} {...attrs}>
    {children}
  </a>
);

/** A form of one button: one gesture, one POST. `version` guards against acting on a stale page. */
export const PostButton: FC<{
  action: string;
  label: string;
  kind?: ButtonKind | undefined;
  hidden?: Record<string, string> | undefined;
  version?: number | string | undefined;
  /** Read after the label, for buttons that look alike in a list ("Annuler" "la salle Marais, lundi 9 h"). */
  about?: string | undefined;
  attrs?: Record<string, string> | undefined;
}> = ({ action, label, kind = 'secondary', hidden = {}, version, about, attrs }) => (
  <form class="post-button" method="post" action={action}>
    {Object.entries(hidden).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {version === undefined ? null : <input type="hidden" name="version" value={String(version)} />}
    <Button kind={kind} attrs={attrs}>
      {label}
      {about ? <span class="hidden"> {about}</span> : null}
    </Button>
  </form>
);
