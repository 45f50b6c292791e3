"""SQLite FTS5 and Xapian for the search bench: one JSON object a line in, one a line out."""
import json
import sys

MOST = 20


class Fts5:
    def __init__(self):
        import sqlite3
        self.db = sqlite3.connect(":memory:")
        self.clear()

    def clear(self):
        self.db.execute("drop table if exists texts")
        self.db.execute("create virtual table texts using fts5(id unindexed, title, body, tokenize='unicode61')")

    def add(self, one):
        self.db.execute("insert into texts values (?, ?, ?)", (one["id"], " ".join(one["title"]), " ".join(one["body"])))

    def search(self, terms):
        query = " OR ".join('"%s"' % term.replace('"', '""') for term in dict.fromkeys(terms))
        sql = "select id from texts where texts match ? order by bm25(texts, 0, 2.5, 1) limit ?"
        return [row[0] for row in self.db.execute(sql, (query, MOST))] if query else []


class Xapian:
    def __init__(self):
        import xapian
        self.xapian = xapian
        self.clear()

    def clear(self):
        self.db = self.xapian.WritableDatabase("", self.xapian.DB_BACKEND_INMEMORY)

    def add(self, one):
        document = self.xapian.Document()
        for term in one["title"]:
            document.add_term(term, 2)
        for term in one["body"]:
            document.add_term(term)
        document.set_data(one["id"])
        self.db.add_document(document)

    def search(self, terms):
        if not terms:
            return []
        enquire = self.xapian.Enquire(self.db)
        enquire.set_weighting_scheme(self.xapian.BM25Weight())
        enquire.set_query(self.xapian.Query(self.xapian.Query.OP_OR, list(dict.fromkeys(terms))))
        return [match.document.get_data().decode() for match in enquire.get_mset(0, MOST)]


try:
    engine = {"fts5": Fts5, "xapian": Xapian}[sys.argv[1]]()
except Exception as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit(0)
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    said = json.loads(line)
    if "search" in said:
        print(json.dumps(engine.search(said["search"])), flush=True)
    elif "clear" in said:
        engine.clear()
    else:
        engine.add(said)
