/** jscodeshift: its node types name what to find, its builders make new code. */
export { default as j } from 'jscodeshift';
