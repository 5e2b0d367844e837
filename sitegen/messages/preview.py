"""V: the live preview."""

from __future__ import annotations

from sitegen.messages.message import Message

MESSAGES: dict[str, Message] = {
    "V101": Message(
        "error",
        "port {port} is taken by another program",
        "المنفذ {port} يشغله برنامج آخر",
        "end that program, or name another port with --port",
        "أوقف ذلك البرنامج، أو سمِّ منفذاً آخر بـ --port",
    ),
    "V102": Message(
        "error",
        "ports {port} to {last} are all taken by other programs",
        "المنافذ من {port} إلى {last} كلها مشغولة",
        "name another port with --port",
        "سمِّ منفذاً آخر بـ --port",
    ),
    "V103": Message(
        "error",
        "port {port} cannot be used: {reason}",
        "لا يمكن استعمال المنفذ {port}: {reason}",
        "name another port with --port",
        "سمِّ منفذاً آخر بـ --port",
    ),
    "V201": Message(
        "warning",
        "the system watches only some of the site's folders, so changes are looked for every {seconds} s",
        "يراقب النظام بعض مجلدات الموقع لا كلها، فيُبحث عن التغييرات كل {seconds} ث",
        "raise the limit (Linux: sysctl fs.inotify.max_user_watches), or pass --poll",
        "ارفع الحدّ (في لينكس: sysctl fs.inotify.max_user_watches)، أو استعمل --poll",
    ),
    "V202": Message(
        "warning",
        "the system lost count of what changed, so every file was looked at again",
        "فاتت النظامَ بعضُ التغييرات، فأُعيد النظر في الملفات كلها",
        "nothing needs to be done; if it happens often, pass --poll",
        "لا حاجة إلى فعل شيء؛ وإن تكرر فاستعمل --poll",
    ),
    "V203": Message(
        "warning",
        "this folder is gone; the preview goes on when it is back",
        "اختفى هذا المجلد؛ وتستأنف المعاينة حين يعود",
        "put it back, or end the preview",
        "أعده إلى مكانه، أو أوقف المعاينة",
    ),
    "V204": Message(
        "warning",
        "the system does not tell of changes here, so they are looked for every {seconds} s",
        "لا يخبر النظام بالتغييرات هنا، فيُبحث عنها كل {seconds} ث",
        "nothing needs to be done; --poll does this from the start",
        "لا حاجة إلى فعل شيء؛ ويفعل --poll ذلك من البداية",
    ),
}
