import FrontDoor
import Testing

@testable import Console

@Suite("Who may use the console")
struct ConsoleAccessTests {
  private func refusal(
    _ method: String = "POST", host: String = "127.0.0.1:4566", listening: String = "127.0.0.1",
    with headers: (String, String)...
  ) -> String? {
    let all = [("Host", host)] + headers
    let request = HTTPRequest(
      method: method, path: "/_hakoniwa/console/call", headers: all.map { (name: $0.0, value: $0.1) })
    return ConsoleAccess(host: listening).refusal(of: request)
  }

  @Test("its own pages may call")
  func ownPages() {
    #expect(refusal(with: ("Origin", "http://127.0.0.1:4566"), ("X-Hakoniwa-Console", "1")) == nil)
    #expect(refusal("GET", with: ("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate")) == nil)
  }

  @Test("pages of another origin may not, even from this machine")
  func otherOrigins() {
    for origin in ["http://evil.example", "http://127.0.0.1:8000", "null"] {
      #expect(refusal(with: ("Origin", origin), ("X-Hakoniwa-Console", "1")) != nil)
    }
    #expect(refusal("GET", with: ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")) != nil)
  }

  @Test("a link from elsewhere may lead here")
  func links() {
    #expect(refusal("GET", with: ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")) == nil)
  }

  @Test("a plain form cannot send the header that calls need")
  func plainForms() { #expect(refusal() != nil) }

  @Test(
    "names that are this machine's are served",
    arguments: ["localhost", "localhost:4566", "hakoniwa.localhost", "127.0.0.1:4566", "127.1.2.3", "[::1]:4566"])
  func ownNames(_ host: String) { #expect(refusal("GET", host: host) == nil) }

  @Test(
    "names that somebody else may point here are not",
    arguments: [
      "evil.example", "evil.example:4566", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "1.2.3",
      "[fe80::1]", "",
    ])
  func otherNames(_ host: String) { #expect(refusal("GET", host: host) != nil) }

  @Test("the address that was configured is served, and any address when all are listened on, but no other name")
  func configured() {
    #expect(refusal("GET", host: "cloud.test:4566", listening: "cloud.test") == nil)
    #expect(refusal("GET", host: "10.0.0.1:4566", listening: "0.0.0.0") == nil)
    #expect(refusal("GET", host: "[fe80::1]:4566", listening: "::") == nil)
    #expect(refusal("GET", host: "evil.example", listening: "0.0.0.0") != nil)
  }
}

@Suite("The console's files")
struct PageFilesTests {
  @Test(
    "addresses lead to files, and none out of the folder",
    arguments: [
      ("", "index.html"), ("swf", "swf.html"), ("swf/", "swf.html"), ("swf/inbox", "swf/inbox.html"),
      ("js/page.js", "js/page.js"), ("../secret", nil), ("js/../../secret", nil), ("/etc/passwd", nil), ("js//x", nil),
      ("%2e%2e/x", nil), (".hidden", nil), ("js/.hidden", nil),
    ] as [(String, String?)])
  func names(_ path: String, _ file: String?) { #expect(PageFiles.file(for: path) == file) }

  @Test("lie beside the program, and a program without them says so")
  func folder() {
    #expect(PageFiles().folder != nil)
    #expect(PageFiles(beside: "/nowhere").folder == nil)
    #expect(PageFiles(beside: "/nowhere").answer("/_hakoniwa/console/", "").status == 500)
  }

  @Test("no script but the files' own runs")
  func policy() {
    let answer = PageFiles().answer("/_hakoniwa/console/swf", "swf")
    let policy = answer.first("content-security-policy") ?? ""
    #expect(answer.status == 200)
    #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"))
    #expect(!policy.contains("unsafe"))
  }
}
