import ArgumentParser
import Foundation
import WhatIf

/// `hakoniwa seed`
struct SeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed", abstract: "Build an organization in a running server: enterprise, or from a file of your own.",
    discussion: """
      Everything is made through the public AWS APIs, by the management account. What is there already is left as it \
      is, so a seed can be planted again. docs/seeds.md has the form of the file.
      """)

  @Argument(help: "enterprise, or a YAML or JSON file.") var seed: String
  @Flag(help: "Print the seed's file instead, to begin one of your own.") var show = false
  @OptionGroup var management: ManagementAccount
  @OptionGroup var address: ServerAddress

  func run() async throws {
    let isBuiltIn = seed == "enterprise"
    let text = isBuiltIn ? Seed.enterprise + "\n" : try OrganizationFiles.text(seed)
    if show { return print(text, terminator: "") }
    try await SeedBuilder.run(OrganizationFiles.read(text, seed), management.given, address)
  }
}
