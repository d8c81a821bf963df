declare module 'oled-font-5x7' {
  /** A font of one width: each letter is so many bytes as it has columns, from left to right, with its top row in the lowest bit. */
  const font: {
    readonly width: number;
    readonly height: number;
    readonly fontData: readonly number[];
    /** The letters, in the order of their data. */
    readonly lookup: readonly string[];
  };
  export default font;
}
