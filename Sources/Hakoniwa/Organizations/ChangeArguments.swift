import Foundation
import WhatIf

/// The changes that a command line asks for, in the order in which they stand: `--to` belongs to the `--attach` or
/// `--move` before it.
enum ChangeArguments {
  /// A change before its names are looked up.
  struct Change: Equatable {
    let kind: String
    let subject: String
    var place: String?
  }

  private static let partners = ["--attach": "--to", "--move": "--to", "--detach": "--from", "--update": "--with"]

  static func read(_ arguments: [String]) throws -> [Change] {
    var changes: [Change] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = halves[0]
      let isPlace = ["--to", "--from", "--with"].contains(name)
      guard partners[name] != nil || isPlace || name == "--enable" || name == "--disable" else { continue }
      guard let value = halves.count == 2 ? halves[1] : rest.popFirst() else { continue }
      guard isPlace else {
        changes.append(Change(kind: name, subject: value))
        continue
      }
      guard let last = changes.last, partners[last.kind] == name, last.place == nil else {
        throw Failure("\(name) \(value) has no change before it that it belongs to.")
      }
      changes[changes.count - 1].place = value
    }
    for change in changes where change.place == nil {
      if let partner = partners[change.kind] { throw Failure("\(change.kind) \(change.subject) needs \(partner).") }
    }
    guard !changes.isEmpty else {
      throw Failure("Say what would change: --attach, --detach, --move, --update, --enable, --disable.")
    }
    return changes
  }

  /// Reads files, and words the changes with the names that the organization has.
  static func resolve(
    _ changes: [Change], in model: OrganizationModel
  ) throws -> [(change: OrganizationChange, words: String)] {
    try changes.map { change in
      let subject = change.subject
      let place = change.place ?? ""
      func target() throws -> String {
        do { return model.name(ofTarget: try model.target(place)) } catch { throw Failure(error.description) }
      }
      switch change.kind {
      case "--attach":
        guard let data = FileManager.default.contents(atPath: subject) else {
          guard model.policies.contains(where: { $0.id == subject || $0.name == subject }) else {
            throw Failure("\(subject) is neither a file nor a policy of \(model.id).")
          }
          return (.attachExisting(policy: subject, to: place), "attach \(subject) to \(try target())")
        }
        let name = URL(fileURLWithPath: subject).deletingPathExtension().lastPathComponent
        let text = OrganizationChange.PolicyText(name: name, content: String(decoding: data, as: UTF8.self))
        return (.attach(text, to: place), "attach \(name) to \(try target())")
      case "--detach": return (.detach(policy: subject, from: place), "detach \(subject) from \(try target())")
      case "--move": return (.move(account: subject, to: place), "move \(subject) to \(try target())")
      case "--update":
        return (.update(policy: subject, content: try OrganizationFiles.text(place)), "update \(subject)")
      case "--enable": return (.enable(type: subject), "enable \(subject)")
      default: return (.disable(type: subject), "disable \(subject)")
      }
    }
  }
}
