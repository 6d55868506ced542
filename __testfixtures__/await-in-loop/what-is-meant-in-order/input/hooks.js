class Targets {
  static targets = []

  static async pageEvent({ event, page }) {
    try {
      // report: Nothing is known of `target.fn[event]`
      for (let target of this.targets) {
        await target.fn[event](page)
      }
    } catch (err) {
      console.warn(err)
      throw err
    }
  }
}

module.exports = Targets
